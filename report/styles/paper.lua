-- What all five documents share: figures and tables are numbered in the order in which they appear, each number leads
-- to its entry in the appendix, Chinese is marked as Chinese, and whatever leads nowhere is told (pandoc is run with
-- --fail-if-warnings, so that all findings come in one list).

local stringify = pandoc.utils.stringify
local EXTENSION = { html = 'svg', typst = 'svg', docx = 'png', latex = 'pdf' }
local arrange = dofile(pandoc.path.join { pandoc.path.directory(PANDOC_SCRIPT_FILE), 'tables.lua' })

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

-- UTF-8 bytes with which letters from U+3000 on begin: a cheap look before each letter is looked at.
local FAR = '[\xE3-\xED\xF0]'

local mark_language = {
  traverse = 'topdown',
  Span = function(span) if span.attributes.lang then return span, false end end,
  Div = function(div) if div.attributes.lang then return div, false end end,
  Code = function(code) return code, false end,
  Str = function(str)
    local found = str.text:find(FAR) and language(str.text)
    if found then return pandoc.Span({ str }, pandoc.Attr('', {}, { lang = found })), false end
  end,
}

-- Letters that no document can hold: control characters, and the two that Unicode keeps out of all text. And marks that
-- turn the direction of all that follows them: what an answer says must not rearrange the sentence around it.
local UNPRINTABLE = { '[\0-\8\11\12\14-\31\127]', '\xC2[\x80-\x9F]', '\xEF\xBF[\xBE\xBF]' }
local TURNING = { '\xE2\x80[\xAA-\xAE]', '\xE2\x81[\xA6-\xA9]' }

local function printable(text)
  for _, pattern in ipairs(UNPRINTABLE) do text = text:gsub(pattern, '\u{fffd}') end
  for _, pattern in ipairs(TURNING) do text = text:gsub(pattern, '') end
  return text
end

local function replaced(element)
  local text = printable(element.text)
  if text ~= element.text then
    element.text = text
    return element
  end
end

local replace_unprintable = { Str = replaced, Code = replaced, CodeBlock = replaced }

-- A walk over a long paper takes time: those that few papers need are taken where a look at the text says so.
local function cleaned(blocks)
  local text = stringify(blocks)
  return printable(text) ~= text and blocks:walk(replace_unprintable) or blocks
end

local function in_languages(blocks)
  return stringify(blocks):find(FAR) and blocks:walk(mark_language) or blocks
end

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
      arrange(tbl)
      if #tbl.caption.long == 0 then return tbl end
      tables = tables + 1
      numbers[tbl.identifier] = 'Table ' .. tables
      tbl.caption = labelled('Table', tables, tbl.caption)
      return tbl
    end,
  }
end

-- One walk for all that concerns ids. A number becomes a link to its entry, and the span around it keeps the id and the
-- trace; every id and every link is noted; citations mark what keeps its capitals, which has no use once they are
-- written.
local function tracer(ids, links, numbers)
  local function note(element)
    local id = element.identifier
    if id == '' then return end
    if ids[id] then tell('#' .. id .. ' stands twice') end
    ids[id] = true
  end
  return {
    Header = note, Div = note, Image = note, Figure = note, Table = note, Code = note, CodeBlock = note,
    Link = function(link)
      note(link)
      local id = link.target:match('^#(.*)$')
      links:insert { id = id, target = link.target, text = numbers[id] and stringify(link):gsub('\u{a0}', ' ') }
    end,
    Span = function(span)
      if span.classes:includes('nocase') then return span.content end
      note(span)
      local entry = span.attributes.entry
      if not entry or not span.classes:includes('number') then return nil end
      links:insert { id = entry, target = '#' .. entry }
      span.attributes.entry = nil
      span.content = { pandoc.Link(span.content, '#' .. entry) }
      return span
    end,
  }
end

local function check_links(links, ids, numbers)
  for _, link in ipairs(links) do
    local id, scheme = link.id, link.target:match('^%s*([%w+.-]+):')
    if id and id:match('^ref%-') then -- of a missing citation pandoc told already
    elseif id and not ids[id] then
      tell('link to #' .. id .. ': nothing in the paper has this id')
    elseif link.text and link.text:match('^%a+%s%d+$') and link.text ~= numbers[id] then
      tell('link to #' .. id .. ' says ' .. link.text .. ', but it is ' .. numbers[id])
    elseif not id and scheme and not (scheme == 'https' or scheme == 'http' or scheme == 'mailto') then
      tell('link to ' .. link.target .. ': only http, https and mailto lead out of the paper')
    end
  end
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
  local meta, numbers, ids, links = doc.meta, {}, {}, pandoc.List {}
  local trace = tracer(ids, links, numbers)
  meta.lang = meta.lang or 'en'
  meta.bibliography, meta.csl = nil, nil -- paths of this machine
  local blocks = cleaned(doc.blocks):walk(numberer(numbers, os.getenv('RECOUNT_FIGURES')))
  for _, key in ipairs { 'title', 'subtitle', 'notice', 'abstract', 'abstract-zh' } do
    if meta[key] then
      meta[key] = cleaned(blocks_of(meta[key])):walk(trace)
      if key ~= 'abstract-zh' then meta[key] = in_languages(meta[key]) end
      if not key:match('^abstract') then meta[key] = pandoc.utils.blocks_to_inlines(meta[key]) end
    end
  end
  doc.blocks = in_languages(blocks:walk(trace))
  check_links(links, ids, numbers)
  return doc
end
