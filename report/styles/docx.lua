-- The Word manuscript: texts of tables, notes and quotations get the styles that docx/styles.xml defines.

local STYLES = { { 'number', 'Traced Number' }, { 'claim', 'Claim' }, { 'false-claim', 'False Claim' } }

-- The style goes to the text itself: around a link, Word would show the link's own.
local function Span(span)
  for _, pair in ipairs(STYLES) do
    local class, style = pair[1], pair[2]
    if span.classes:includes(class) then
      local function restyled(inlines)
        return { pandoc.Span(inlines, pandoc.Attr('', {}, { ['custom-style'] = style })) }
      end
      local link = span.content[1]
      if link and link.t == 'Link' then link.content = restyled(link.content)
      else span.content = restyled(span.content) end
    end
  end
  return span
end

local stringify = pandoc.utils.stringify

local function styled(blocks, style)
  return pandoc.Div(blocks, pandoc.Attr('', {}, { ['custom-style'] = style }))
end

-- Cell by cell, this would take longer than all the rest: recount/write/documents/docx.py gives the cells their styles.
local function Table(tbl)
  if tbl.classes:includes('small') then tbl.attributes['custom-style'] = 'TableSmall' end
  return tbl
end

local function Div(div)
  if div.classes:includes('note') then return styled(div.content, 'Table Note') end
end

-- The picture is handed over by name, so that no path of this machine enters the file.
local function Image(image)
  local file = assert(io.open(os.getenv('RECOUNT_FIGURES') .. '/' .. image.src:match('[^/]+$'), 'rb'))
  pandoc.mediabag.insert(image.src, 'image/png', file:read('a'))
  file:close()
  image.attributes.width = '100%'
  return image
end

-- All that stands before the text, in the order of a title page; pandoc's own template knows neither affiliations
-- nor a second abstract.
local function front(meta)
  local blocks = pandoc.Blocks {}
  local function add(style, content) blocks:insert(styled(content, style)) end
  for _, author in ipairs(meta.author or {}) do
    local line = pandoc.Inlines { pandoc.Strong(stringify(author.name or author)) }
    if author.affiliation then line:extend { pandoc.Str ',', pandoc.Space(), pandoc.Str(stringify(author.affiliation)) } end
    add('Author', pandoc.Para(line))
  end
  if meta.notice then add('Notice Box', pandoc.Para(meta.notice)) end
  if meta.abstract then
    add('Abstract Title', pandoc.Para 'Abstract')
    add('Abstract', meta.abstract)
  end
  if meta.keywords then
    local words = table.concat(pandoc.List(meta.keywords):map(stringify), '; ')
    add('Keywords', pandoc.Para { pandoc.Strong 'Keywords:', pandoc.Space(), pandoc.Str(words) })
  end
  if meta['abstract-zh'] then
    local chinese = pandoc.Attr('', {}, { lang = 'zh-CN' })
    add('Abstract Title', pandoc.Para { pandoc.Span('摘要', chinese) })
    add('Abstract', pandoc.Div(meta['abstract-zh'], chinese))
  end
  return blocks
end

-- What remains becomes the file's properties.
local function properties(meta)
  local names = pandoc.List(meta.author or {}):map(function(author) return stringify(author.name or author) end)
  return { title = meta.title, subtitle = meta.subtitle, author = names, keywords = meta.keywords, lang = meta.lang,
           notice = meta.notice and stringify(meta.notice) }
end

function Pandoc(doc)
  local blocks = front(doc.meta)
  blocks:extend(doc.blocks)
  doc.meta = properties(doc.meta)
  doc.blocks = blocks
  return doc:walk { Span = Span, Table = Table, Div = Div, Image = Image }
end
