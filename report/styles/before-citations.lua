-- Runs before the citations are resolved. `@sec-NAME` is a reference to a section, not to the literature, and becomes
-- its title; and the list of references gets its place before the appendix, where the paper does not say another.

local stringify = pandoc.utils.stringify

local function titles_of(doc)
  local titles = {}
  doc:walk { Header = function(header) titles[header.identifier] = stringify(header.content) end }
  return titles
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
  local placed, cites = false, false
  doc:walk {
    Div = function(div) placed = placed or div.identifier == 'refs' end,
    Cite = function() cites = true end,
  }
  if placed or not cites then return end
  local place = #doc.blocks + 1
  for index = #doc.blocks, 1, -1 do
    local block = doc.blocks[index]
    if block.t == 'Header' and block.classes:includes('appendix') then place = index end
  end
  doc.blocks:insert(place, pandoc.Div({}, pandoc.Attr('refs')))
  doc.blocks:insert(place, pandoc.Header(1, 'References', pandoc.Attr('references')))
end

function Pandoc(doc)
  doc = doc:walk(name_section(titles_of(doc)))
  place_references(doc)
  return doc
end
