-- Runs before the citations are resolved. `@sec-NAME` is a reference to a section, not to the literature, and becomes
-- its title; and the list of references gets its place before the appendix, where the paper does not say another.

local stringify = pandoc.utils.stringify

-- What the paper has, in one walk: the titles of its sections, a list of references, citations, and of those such as
-- name a section.
local function survey(doc)
  local found = { titles = {}, placed = false, cites = false, names = false }
  doc:walk {
    Header = function(header) found.titles[header.identifier] = stringify(header.content) end,
    Div = function(div) found.placed = found.placed or div.identifier == 'refs' end,
    Cite = function(cite)
      local names = #cite.citations == 1 and cite.citations[1].id:match('^sec%-')
      if names then found.names = true else found.cites = true end
    end,
  }
  return found
end

local function name_section(titles)
  return {
    Cite = function(cite)
      local id = cite.citations[1].id
      if #cite.citations > 1 or not id:match('^sec%-') then return nil end
      if not titles[id] then pandoc.log.warn('@' .. id .. ': no section of the paper has this id') end
      local title = pandoc.Quoted('DoubleQuote', { pandoc.Str(titles[id] or id) })
      return { pandoc.Str 'the', pandoc.Space(), pandoc.Str 'section', pandoc.Space(), pandoc.Link({ title }, '#' .. id) }
    end,
  }
end

local function place_references(doc)
  local place = #doc.blocks + 1
  for index = #doc.blocks, 1, -1 do
    local block = doc.blocks[index]
    if block.t == 'Header' and block.classes:includes('appendix') then place = index end
  end
  doc.blocks:insert(place, pandoc.Div({}, pandoc.Attr('refs')))
  doc.blocks:insert(place, pandoc.Header(1, 'References', pandoc.Attr('references')))
end

function Pandoc(doc)
  local found = survey(doc)
  if found.names then doc = doc:walk(name_section(found.titles)) end
  if found.cites and not found.placed then place_references(doc) end
  return doc
end
