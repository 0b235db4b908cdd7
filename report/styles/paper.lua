-- What all five documents share: figures and tables are numbered in the order in which they appear, each number leads
-- to its entry in the appendix, Chinese is marked as Chinese, and whatever leads nowhere is told (pandoc is run with
-- --fail-if-warnings, so that all findings come in one list).

local stringify = pandoc.utils.stringify
local EXTENSION = { html = 'svg', typst = 'svg', docx = 'png', latex = 'pdf' }
local SMALL_ROWS, SMALL_COLUMNS = 40, 7
local LINE, SMALL_LINE = 88, 114 -- letters on a line of a table, in its normal and in its small type

local function tell(message) pandoc.log.warn(message) end

-- The script of a word: Han is taken for Chinese unless Japanese or Korean letters stand beside it.
local function language(text)
  local han, kana, hangul = false, false, false
  for _, code in utf8.codes(text, true) do
    han = han or (code >= 0x4E00 and code <= 0x9FFF) or (code >= 0x3400 and code <= 0x4DBF)
      or (code >= 0x20000 and code <= 0x3134F)
    kana = kana or (code >= 0x3040 and code <= 0x30FF)
    hangul = hangul or (code >= 0xAC00 and code <= 0xD7AF)
  end
  return kana and 'ja' or hangul and 'ko' or han and 'zh-CN' or nil
end

local mark_language = {
  traverse = 'topdown',
  Span = function(span) if span.attributes.lang then return span, false end end,
  Div = function(div) if div.attributes.lang then return div, false end end,
  Code = function(code) return code, false end,
  Str = function(str)
    local found = language(str.text)
    if found then return pandoc.Span({ str }, pandoc.Attr('', {}, { lang = found })), false end
  end,
}

-- Letters that no document can hold: control characters, and the two that Unicode keeps out of all text.
local replace_unprintable = {
  Str = function(str)
    local text = str.text:gsub('[\0-\8\11\12\14-\31\127]', '\u{fffd}'):gsub('\u{fffe}', '\u{fffd}'):gsub('\u{ffff}', '\u{fffd}')
    if text ~= str.text then return pandoc.Str(text) end
  end,
}

-- A number becomes a link to its entry; the span around it keeps the id and the trace.
local link_number = {
  Span = function(span)
    local entry = span.attributes.entry
    if not span.classes:includes('number') or not entry then return nil end
    span.content = { pandoc.Link(span.content, '#' .. entry, '', pandoc.Attr('', { 'trace' })) }
    return span
  end,
}

-- Citations mark what keeps its capitals; once they are written, the mark has no use.
local plain_citations = {
  Span = function(span) if span.classes:includes('nocase') then return span.content end end,
}

local function labelled(word, number, caption)
  local label = pandoc.Span({ pandoc.Strong { pandoc.Str(word .. '\u{a0}' .. number .. '.') } },
    pandoc.Attr('', { 'label' }))
  local blocks = caption.long
  if #blocks == 0 then blocks = pandoc.Blocks { pandoc.Plain {} } end
  blocks[1].content:insert(1, pandoc.Space())
  blocks[1].content:insert(1, label)
  return { long = blocks, short = caption.short }
end

local function exists(path)
  local file = io.open(path, 'rb')
  if file then file:close() end
  return file ~= nil
end

-- The one image of a figure: named `figures/NAME`, present, and with a text for those who cannot see it.
local function check_image(image, folder)
  local name = image.src:match('^figures/([%w_-]+)$')
  if not name then
    return tell('image ' .. image.src .. ': only figures/NAME, without extension, can be shown')
  end
  local extension = EXTENSION[FORMAT:match('^%a+')] or 'png'
  if not exists(folder .. '/' .. name .. '.' .. extension) then
    tell('image ' .. image.src .. ': there is no ' .. name .. '.' .. extension .. ' among the figures')
  end
  if stringify(image.caption) == '' then tell('image ' .. image.src .. ': it has no alternative text') end
  image.src = 'figures/' .. name .. '.' .. extension
  return image
end

local function rows_in(tbl)
  local rows = 0
  for _, body in ipairs(tbl.bodies) do rows = rows + #body.body end
  return rows
end

-- Letters that a text takes on a line, a Chinese one counting for two; and those of its longest unbreakable part.
local function letters(text)
  local count = 0
  for _, code in utf8.codes(text, true) do count = count + (code >= 0x2E80 and 2 or 1) end
  return count
end

local function longest_part(text)
  local longest = 0
  for part in text:gmatch('[^%s/]+') do longest = math.max(longest, letters(part)) end
  return math.min(longest, 24)
end

-- Where a table is wider than the page, each column gets what its longest word needs, and of the rest as much as it
-- has text (the way of CSS 2.1, 17.5.2.2). Where it fits, each document lays it out by itself.
local function lay_out(tbl, line)
  local least, full = {}, {}
  local function measure(rows, is_head)
    for _, row in ipairs(rows) do
      for column, cell in ipairs(row.cells) do
        local text = stringify(cell.contents)
        local part = longest_part(text) + 2
        least[column] = math.max(least[column] or 4, part)
        full[column] = math.max(full[column] or 4, part, is_head and 0 or letters(text) + 2)
      end
    end
  end
  measure(tbl.head.rows, true)
  for _, body in ipairs(tbl.bodies) do measure(body.body, false) end
  local sum_least, sum_full = 0, 0
  for column = 1, #tbl.colspecs do
    sum_least, sum_full = sum_least + (least[column] or 4), sum_full + (full[column] or 4)
  end
  local fits = sum_full <= line
  local room = sum_full > sum_least and math.max(line - sum_least, 0) / (sum_full - sum_least) or 0
  local total = math.max(line, sum_least)
  for column, spec in ipairs(tbl.colspecs) do
    local low, high = least[column] or 4, full[column] or 4
    tbl.colspecs[column] = { spec[1], not fits and (low + (high - low) * room) / total or nil }
  end
end

local function numberer(numbers, folder)
  local figures, tables = 0, 0
  return {
    traverse = 'topdown',
    Figure = function(figure)
      figures = figures + 1
      numbers[figure.identifier] = 'Figure ' .. figures
      figure.caption = labelled('Figure', figures, figure.caption)
      return figure
    end,
    Image = function(image) return check_image(image, folder) end,
    Table = function(tbl)
      local long = rows_in(tbl) > SMALL_ROWS
      local small = long or #tbl.colspecs > SMALL_COLUMNS
      if long then tbl.classes:insert('long') end
      if small then tbl.classes:insert('small') end
      lay_out(tbl, small and SMALL_LINE or LINE)
      if #tbl.caption.long == 0 then return tbl end
      tables = tables + 1
      numbers[tbl.identifier] = 'Table ' .. tables
      tbl.caption = labelled('Table', tables, tbl.caption)
      return tbl
    end,
  }
end

-- Every id of the document, in the text and in the abstracts.
local function collect_ids(parts)
  local ids = {}
  local function note(element)
    local id = element.identifier
    if id == '' then return end
    if ids[id] then tell('#' .. id .. ' stands twice') end
    ids[id] = true
  end
  local filter = { Header = note, Div = note, Span = note, Link = note, Image = note, Figure = note, Table = note,
                   Code = note, CodeBlock = note }
  for _, part in ipairs(parts) do part:walk(filter) end
  return ids
end

local function check_links(parts, ids, numbers)
  local check = {
    Link = function(link)
      local id = link.target:match('^#(.*)$')
      local scheme = link.target:match('^%s*([%w+.-]+):')
      if id and id:match('^ref%-') then return -- of a missing citation pandoc told already
      elseif id and not ids[id] then
        tell('link to #' .. id .. ': nothing in the paper has this id')
      elseif id and numbers[id] and stringify(link):match('^%a+[%s\u{a0}]%d+$')
        and stringify(link):gsub('\u{a0}', ' ') ~= numbers[id] then
        tell('link to #' .. id .. ' says ' .. stringify(link) .. ', but it is ' .. numbers[id])
      elseif scheme and not (scheme == 'https' or scheme == 'http' or scheme == 'mailto') then
        tell('link to ' .. link.target .. ': only http, https and mailto lead out of the paper')
      end
    end,
  }
  for _, part in ipairs(parts) do part:walk(check) end
end

local function blocks_of(value)
  local kind = pandoc.utils.type(value)
  if kind == 'Blocks' then return value end
  if kind == 'Inlines' then return pandoc.Blocks { pandoc.Plain(value) } end
  return pandoc.Blocks {}
end

-- What is declared empty is not there; one author is a list of one.
local function tidy(meta)
  for _, key in ipairs { 'title', 'subtitle', 'short-title', 'notice', 'abstract', 'abstract-zh', 'keywords', 'author' } do
    if meta[key] and stringify(meta[key]) == '' then meta[key] = nil end
  end
  if meta.author and pandoc.utils.type(meta.author) ~= 'List' then meta.author = pandoc.List { meta.author } end
end

function Pandoc(doc)
  tidy(doc.meta)
  local meta, numbers = doc.meta, {}
  local folder = os.getenv('RECOUNT_FIGURES')
  meta.lang = meta.lang or 'en'
  meta.bibliography, meta.csl = nil, nil -- paths of this machine
  for _, key in ipairs { 'title', 'subtitle', 'notice', 'abstract', 'abstract-zh' } do
    if meta[key] then
      meta[key] = blocks_of(meta[key]):walk(link_number)
      if key ~= 'abstract-zh' then meta[key] = meta[key]:walk(mark_language) end
      if not key:match('^abstract') then meta[key] = pandoc.utils.blocks_to_inlines(meta[key]) end
    end
  end
  doc.blocks = doc.blocks:walk(replace_unprintable):walk(plain_citations):walk(numberer(numbers, folder)):walk(link_number):walk(mark_language)
  local parts = { blocks_of(meta.abstract), blocks_of(meta['abstract-zh']), doc.blocks }
  check_links(parts, collect_ids(parts), numbers)
  return doc
end
