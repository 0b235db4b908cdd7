-- LaTeX: macros of paper.tex for what the paper marks, sizes for its tables, and places where long keys may break.
-- xeCJK finds Chinese by itself, so marks of language go.

local MACROS = { { 'number', 'tracednumber' }, { 'claim', 'claim' }, { 'false-claim', 'falseclaim' }, { 'waiting', 'waiting' } }

local function raw(text) return pandoc.RawInline('latex', text) end
local function block(text) return pandoc.RawBlock('latex', text) end

local function Span(span)
  span.attributes.lang = nil
  for _, pair in ipairs(MACROS) do
    local class, macro = pair[1], pair[2]
    if span.classes:includes(class) then
      span.content:insert(1, raw('\\' .. macro .. '{'))
      span.content:insert(raw('}'))
    end
  end
  return span
end

local function lang_off(element)
  element.attributes.lang = nil
  return element
end

local function Div(div)
  if div.classes:includes('note') then
    local blocks = div.content
    blocks:insert(1, block '\\begin{tablenote}')
    blocks:insert(block '\\end{tablenote}')
    return blocks
  end
  return lang_off(div)
end

local function breakable(str)
  if not str.text:find('/', 1, true) then return nil end
  local parts = pandoc.Inlines {}
  for part in str.text:gmatch('[^/]*/?') do
    if part ~= '' then parts:extend { pandoc.Str(part), raw '\\allowbreak{}' } end
  end
  return parts
end

local function Table(tbl)
  local size = tbl.classes:includes('small') and '\\smalltable' or '\\normaltable'
  return { block('\\begingroup' .. size), tbl:walk { Str = breakable }, block '\\endgroup' }
end

function Pandoc(doc)
  return doc:walk { Span = Span, Div = Div, Table = Table }
end
