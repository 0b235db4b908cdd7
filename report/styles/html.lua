-- The web page: pictures inside the file, tables that scroll in a box of their own, and no inline styles, so that the
-- page's Content-Security-Policy can forbid them.

local stringify = pandoc.utils.stringify
local ALIGNED = { AlignRight = 'right', AlignCenter = 'center', AlignLeft = 'left' }
local folder = os.getenv('RECOUNT_FIGURES')

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local content = file:read('a')
  file:close()
  return content
end

local function Image(image)
  local name = image.src:match('^figures/(.*)$')
  image.src = pandoc.mediabag.make_data_uri('image/svg+xml', read(folder .. '/' .. name))
  return image
end

local function align(rows, colspecs)
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      local class = ALIGNED[cell.alignment] or ALIGNED[colspecs[column] and colspecs[column][1]]
      if class then cell.classes:insert(class) end
      cell.alignment = 'AlignDefault'
      column = column + cell.col_span
    end
  end
end

-- A region that scrolls must be reachable by keyboard and have a name: the first words of its caption.
local function Table(tbl)
  align(tbl.head.rows, tbl.colspecs)
  for _, body in ipairs(tbl.bodies) do align(body.body, tbl.colspecs) end
  align(tbl.foot.rows, tbl.colspecs)
  tbl.colspecs = pandoc.List(tbl.colspecs):map(function() return { 'AlignDefault', nil } end)
  local name = stringify(tbl.caption.long)
  return pandoc.Div({ tbl }, pandoc.Attr('', { 'scroll' },
    { { 'role', 'region' }, { 'tabindex', '0' }, { 'aria-label', name == '' and 'Table' or name } }))
end

-- What the card and, without scripts, the title show.
local function Span(span)
  if not span.classes:includes('number') then return nil end
  local lines = pandoc.List {}
  for _, key in ipairs { 'question', 'base', 'interval', 'key' } do
    if span.attributes[key] then lines:insert(span.attributes[key]) end
  end
  if #lines > 0 then span.attributes.title = table.concat(lines, '; ') end
  return span
end

-- Names and keywords stand in attributes too, where no markup may.
local function plain_metadata(meta)
  local names = pandoc.List {}
  for _, author in ipairs(meta.author or {}) do names:insert(stringify(author.name or author)) end
  meta['author-meta'] = names
  if meta.keywords then meta.keywords = pandoc.List(meta.keywords):map(stringify) end
end

function Pandoc(doc)
  plain_metadata(doc.meta)
  return doc:walk { Image = Image, Table = Table, Span = Span }
end
