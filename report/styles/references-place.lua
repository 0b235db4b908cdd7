-- Runs before the citations are resolved: puts the list of references before the appendix where the paper does not
-- say where it stands.

local function is_appendix(block)
  return block.t == 'Header' and block.classes:includes('appendix')
end

function Pandoc(doc)
  local placed, cites = false, false
  doc:walk {
    Div = function(div) placed = placed or div.identifier == 'refs' end,
    Cite = function() cites = true end,
  }
  if placed or not cites then return nil end
  local place = #doc.blocks + 1
  for index = #doc.blocks, 1, -1 do
    if is_appendix(doc.blocks[index]) then place = index end
  end
  doc.blocks:insert(place, pandoc.Div({}, pandoc.Attr('refs')))
  doc.blocks:insert(place, pandoc.Header(1, 'References', pandoc.Attr('references')))
  return doc
end
