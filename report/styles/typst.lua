-- The PDF: what typst's own markup of the paper needs beyond pandoc's, in calls of functions that paper.typ defines.

local stringify = pandoc.utils.stringify

local function raw(text) return pandoc.RawInline('typst', text) end
local function block(text) return pandoc.RawBlock('typst', text) end
local function quoted(text) return '"' .. text:gsub('[\\"]', '\\%0'):gsub('%c', ' ') .. '"' end

local function wrapped(before, inlines)
  local result = pandoc.Inlines(inlines)
  result:insert(1, raw(before .. '['))
  result:insert(raw(']'))
  return result
end

local function anchor(id) return '#metadata(none)<' .. id .. '>' end

-- An id stands before its text as a mark of its own: a label on text would need the text to be one element.
local function Span(span)
  local result = span.content
  local lang = span.attributes.lang
  if lang then result = wrapped('#foreign(' .. quoted(lang:sub(1, 2)) .. ')', result) end
  for _, class in ipairs { 'number', 'claim', 'false-claim' } do
    if span.classes:includes(class) then result = wrapped('#' .. class, result) end
  end
  if span.identifier ~= '' then result:insert(1, raw(anchor(span.identifier))) end
  return result
end

local function Div(div)
  if div.classes:includes('note') then
    local blocks = div.content
    blocks:insert(1, block('#note['))
    blocks:insert(block(']'))
    return blocks
  end
  if div.identifier == 'refs' then
    div.content:insert(1, block('#references['))
    div.content:insert(block(']'))
    return div
  end
end

local function caption_of(element)
  return pandoc.utils.blocks_to_inlines(element.caption.long, { pandoc.LineBreak() })
end

local function Figure(figure)
  local image
  figure:walk { Image = function(found) image = found end }
  local inlines = caption_of(figure)
  inlines:insert(1, raw('#picture(' .. quoted(image.src) .. ', ' .. quoted(stringify(image.caption)) .. ')['))
  inlines:insert(raw(']' .. (figure.identifier ~= '' and '<' .. figure.identifier .. '>' or '')))
  return pandoc.Plain(inlines)
end

local function Table(tbl)
  local size = tbl.classes:includes('small') and 'small' or 'normal'
  local long = tostring(tbl.classes:includes('long'))
  return { block('#' .. size .. '-table(' .. long .. ')['), tbl, block(']') }
end

function Pandoc(doc)
  return doc:walk { Span = Span, Div = Div, Figure = Figure, Table = Table }
end
