-- The web page: pictures inside the file; tables and figures that scroll in a box of their own. The browser gives columns their
-- widths.

local stringify = pandoc.utils.stringify
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

-- A region that scrolls must be reachable by keyboard and have a name: the first words of its caption.
local function scrolling(block, caption, name)
  local words = stringify(caption.long)
  return pandoc.Div({ block }, pandoc.Attr('', { 'scroll' },
    { { 'role', 'region' }, { 'tabindex', '0' }, { 'aria-label', words == '' and name or words } }))
end

-- A short head is not broken.
local function keep_heads(head)
  for _, row in ipairs(head.rows) do
    for _, cell in ipairs(row.cells) do
      if utf8.len(stringify(cell.contents)) <= 9 then cell.attributes['data-short'] = '' end
    end
  end
  return head
end

local function Table(tbl)
  tbl.head = keep_heads(tbl.head)
  tbl.colspecs = pandoc.List(tbl.colspecs):map(function(spec) return { spec[1], nil } end)
  return scrolling(tbl, tbl.caption, 'Table')
end

local function Figure(figure)
  figure.content = { scrolling(figure.content[1], figure.caption, 'Figure') }
  return figure
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
  return doc:walk { Image = Image, Table = Table, Figure = Figure }
end
