-- The web page: pictures inside the file, and tables that scroll in a box of their own. The browser gives columns their
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
local function Table(tbl)
  tbl.colspecs = pandoc.List(tbl.colspecs):map(function(spec) return { spec[1], nil } end)
  local name = stringify(tbl.caption.long)
  return pandoc.Div({ tbl }, pandoc.Attr('', { 'scroll' },
    { { 'role', 'region' }, { 'tabindex', '0' }, { 'aria-label', name == '' and 'Table' or name } }))
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
  return doc:walk { Image = Image, Table = Table }
end
