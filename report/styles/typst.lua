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
  for _, class in ipairs { 'number', 'claim', 'false-claim', 'waiting' } do
    if span.classes:includes(class) then result = wrapped('#' .. class, result) end
  end
  if span.identifier ~= '' then result:insert(1, raw(anchor(span.identifier))) end
  return result
end

local function Div(div)
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
  return pandoc.Div({ pandoc.Plain(inlines) }, pandoc.Attr('', { 'picture' }))
end

-- Heads stand at the bottom of their row; those over several columns have a rule below them. What is said of cells is
-- said here: a rule in typst would be tried on each of them.

local function set_head(tbl)
  local head, upper = tbl.head, {}
  for _, row in ipairs(head.rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      while upper[column] do column = column + 1 end
      local wide = cell.col_span > 1
      if wide then cell.attributes['typst:stroke'] = '(top: 0.9pt + ink, bottom: 0.4pt + rule)' end
      local spec = tbl.colspecs[column]
      if not wide and spec then cell.alignment = spec[1] end
      cell.attributes['typst:align'], cell.attributes['typst:text:weight'] = 'bottom', '"semibold"'
      if cell.row_span > 1 then upper[column] = true end
      column = column + cell.col_span
    end
  end
  tbl.head = head
end

local function opening(tbl)
  local size = tbl.classes:includes('small') and 'small' or 'normal'
  return '#' .. size .. '-table['
end

local is_text = pandoc.List { 'Para', 'BulletList', 'OrderedList', 'DefinitionList', 'BlockQuote', 'LineBlock' }
local MAY_FLOAT = 2 -- figures and tables after a paragraph

local function is_note(each) return each and each.t == 'Div' and each.classes:includes('note') end
local function is_picture(each) return each.t == 'Div' and each.classes:includes('picture') end

-- A figure or table that follows text floats to the top or the bottom of a page, with its note, and the text runs on.
-- One that follows a heading, or is one of many, stands where it is: nothing would be there to run on. So does a long
-- table, which begins where it is and runs over the pages.
local function placed(blocks)
  local result, room, waiting, open = pandoc.Blocks {}, 0, false, ''
  local function flush()
    if waiting then result:insert(block '#place.flush()') end
    waiting = false
  end
  local function enter(long)
    if long or room == 0 then flush() else waiting = true end
    local how = long and 'long' or room > 0 and 'float' or 'here'
    room = math.max(room - 1, 0)
    return '#' .. how .. '['
  end
  for index, each in ipairs(blocks) do
    if each.t == 'Table' then
      result:extend { block(enter(each.classes:includes('long'))), block(opening(each)) }
      set_head(each)
      result:extend { each, block ']' }
      if is_note(blocks[index + 1]) then open = ']' else result:insert(block ']') end
    elseif is_note(each) then
      result:insert(block '#note[')
      result:extend(each.content)
      result:insert(block(']' .. open))
      open = ''
    elseif is_picture(each) then
      result:insert(block(enter(false)))
      result:extend(each.content)
      result:insert(block ']')
    else
      if each.t == 'Header' then
        if each.identifier == 'references' or each.classes:includes('appendix') then flush() end
        room = 0
      elseif is_text:includes(each.t) then
        room = MAY_FLOAT
      end
      result:insert(each)
    end
  end
  return result
end

function Pandoc(doc)
  doc = doc:walk { Span = Span, Div = Div, Figure = Figure }
  doc.blocks = placed(doc.blocks)
  return doc
end
