-- How a table is laid out, the same in all five documents: its size, the widths of its columns, heads over several
-- columns, and rows that head others. What is read of a table is read of a copy: what Lua has once looked at, pandoc
-- reads back, cell by cell, and a paper may have twenty thousand cells.

local stringify = pandoc.utils.stringify
local LONG_ROWS, SMALL_COLUMNS = 40, 7
local LINE, SMALL_LINE = 88, 114 -- letters on a line of a table, in its normal and in its small type
local SHORT_HEAD, SHORT_NUMBER = 11, 14 -- letters of a head and of a number, such as "13% to 20%", better not broken

-- Letters that a text takes on a line, a Chinese one counting for two; and those of its longest unbreakable part.
local function letters(text)
  if not text:find('[\x80-\xff]') then return #text end
  local count = 0
  for _, code in utf8.codes(text, true) do count = count + (code >= 0x2E80 and 2 or 1) end
  return count
end

local function longest_part(text)
  local longest = 0
  for part in text:gmatch('[^%s/]+') do longest = math.max(longest, letters(part)) end
  return math.min(longest, 24)
end

-- The text of a cell, measured: its letters, those of its longest part, and whether it is a word (1), a number (-1) or
-- neither: "10 May 2018" is a number, "2018/office/share" a word. The cells of a paper repeat each other.
local measured = setmetatable({}, {
  __index = function(known, text)
    local _, digits = text:gsub('%d', '')
    local _, others = text:gsub('[%a\xC3-\xDF\xE3-\xF4]', '')
    local kind = others > digits and 1 or digits > 0 and -1 or 0
    local full, part = letters(text) + 2, longest_part(text) + 2
    if kind < 0 and full <= SHORT_NUMBER then part = full end
    local result = { full = full, part = part, kind = kind }
    known[text] = result
    return result
  end,
})

-- The parts of a head such as "Region: Asia", where the first has no marks of its own.
local function parts_of(cell)
  local block = cell.contents[1]
  if not block or block.t ~= 'Plain' or #cell.contents > 1 then return nil end
  for index, inline in ipairs(block.content) do
    if inline.t ~= 'Str' and inline.t ~= 'Space' then return nil end
    local after = block.content[index + 1]
    if inline.t == 'Str' and inline.text:match('.:$') and after and after.t == 'Space' then
      local over = stringify(pandoc.Inlines { table.unpack(block.content, 1, index) }):gsub(':$', '')
      return over, { table.unpack(block.content, index + 2) }
    end
  end
end

-- Neighbours under one word share it: "Region: Africa", "Region: Asia" become "Region" over "Africa" and "Asia".
local function split_head(row)
  local upper, lower, shared = pandoc.List {}, pandoc.List {}, false
  local cells, index = row.cells, 1
  while index <= #cells do
    local over = parts_of(cells[index])
    local last = index
    while over and cells[last + 1] and parts_of(cells[last + 1]) == over do last = last + 1 end
    if last > index then
      shared = true
      upper:insert(pandoc.Cell({ pandoc.Plain(over) }, 'AlignCenter', 1, last - index + 1, { scope = 'colgroup' }))
      for each = index, last do
        local _, rest = parts_of(cells[each])
        lower:insert(pandoc.Cell({ pandoc.Plain(rest) }))
      end
    else
      upper:insert(pandoc.Cell(cells[index].contents, 'AlignDefault', 2, 1))
    end
    index = last + 1
  end
  return shared and { pandoc.Row(upper), pandoc.Row(lower) } or nil
end

-- A row that says in bold what the rows below it are, and nothing else.
local function heads_others(cells, texts)
  if #cells < 3 or texts[1] == '' or table.concat(texts, '', 2) ~= '' then return false end
  local block = cells[1].contents[1]
  return block.t == 'Plain' and #block.content == 1 and block.content[1].t == 'Strong'
end

local function measure_head(tbl, columns)
  local rows = tbl.head.rows
  local head = #rows == 1 and split_head(rows[1])
  if head then tbl.head.rows = head end
  for index, cell in ipairs(rows[1] and rows[1].cells or {}) do
    local over, rest = parts_of(cell)
    local found = measured[stringify(head and over and rest or cell.contents)]
    local column = columns[index]
    column.least = math.max(column.least, found.full <= SHORT_HEAD and found.full or found.part)
    column.full = math.max(column.full, column.least)
    column.head = found.full
  end
  return head and tbl.head
end

local function measure_body(body, columns)
  local spans = false
  for _, row in ipairs(body.body) do
    local cells = row.cells
    local texts = cells:map(function(cell) return stringify(cell.contents) end)
    if heads_others(cells, texts) then
      spans = true
      cells[1].col_span = #cells
      row.cells = { cells[1] }
    else
      for index, text in ipairs(texts) do
        local column, found = columns[index], measured[text]
        column.least, column.full = math.max(column.least, found.part), math.max(column.full, found.full)
        column.words = column.words + found.kind
      end
    end
  end
  return spans
end

-- Where a table is wider than the page, each column gets what its longest word needs, and of the rest as much as it
-- has text (the way of CSS 2.1, 17.5.2.2). Where it fits, each document lays it out by itself.
local function widths(columns, line)
  local least, full, wide = 0, 0, 0
  for _, column in ipairs(columns) do
    least, full = least + column.least, full + column.full
    wide = wide + math.max(column.full, column.head)
  end
  if wide <= line then return {} end
  if full <= line then return columns:map(function(column) return column.full / full end) end
  local room = full > least and math.max(line - least, 0) / (full - least) or 0
  local total = math.max(line, least)
  return columns:map(function(column) return (column.least + (column.full - column.least) * room) / total end)
end

-- Words stand at the left of their column, whatever the table's rule says: at the right they would be read as numbers.
return function(tbl)
  local copy, rows = tbl:clone(), 0
  local columns = pandoc.List(copy.colspecs):map(function() return { least = 4, full = 4, head = 4, words = 0 } end)
  local head = measure_head(copy, columns)
  local bodies, spans = copy.bodies, false
  for _, body in ipairs(bodies) do
    spans = measure_body(body, columns) or spans
    rows = rows + #body.body
  end
  if head then tbl.head = head end
  if spans then tbl.bodies = bodies end
  local long = rows > LONG_ROWS
  local small = long or #columns > SMALL_COLUMNS
  if long then tbl.classes:insert('long') end
  if small then tbl.classes:insert('small') end
  local shares = widths(columns, small and SMALL_LINE or LINE)
  tbl.colspecs = pandoc.List(tbl.colspecs):map(function(spec, index)
    local alignment = spec[1] == 'AlignRight' and columns[index].words > 0 and 'AlignLeft' or spec[1]
    return { alignment, shares[index] }
  end)
end
