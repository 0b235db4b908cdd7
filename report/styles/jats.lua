-- JATS: pandoc drops a number's key, so its element is written here, with the key in the attribute for such things.
-- A label's mark survives until recount/write/documents/jats.py makes a label of it.

local ESCAPES = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }

local function raw(text) return pandoc.RawInline('jats', text) end
local function escaped(text) return (text:gsub('[&<>"]', ESCAPES)) end
local function quoted(text) return '"' .. escaped(text) .. '"' end

-- Pandoc writes an alternative text as it is, and not as XML.
local function Image(image)
  image.caption = { pandoc.Str(escaped(pandoc.utils.stringify(image.caption))) }
  return image
end

local function Span(span)
  if span.classes:includes('label') then return pandoc.Span(span.content, pandoc.Attr('', {}, { lang = 'en' })) end
  local key = span.attributes.key
  if not span.classes:includes('number') or not key then return nil end
  local id = span.identifier ~= '' and ' id=' .. quoted(span.identifier) or ''
  local result = pandoc.Inlines(span.content)
  result:insert(1, raw('<named-content' .. id .. ' content-type="number" specific-use=' .. quoted(key) .. '>'))
  result:insert(raw '</named-content>')
  return result
end

function Pandoc(doc)
  return doc:walk { Span = Span, Image = Image }
end
