// The page of a document for the typesetter (Typst). A fixed program: the document comes to it as data (`document.json`), its texts are
// strings in it and are never read as its language. Measures that belong to the page come with the data.

export const TEMPLATE = String.raw`
#let data = json("/document.json")
#let pitch = data.pitch * 1pt
#let gap = pitch - data.body * 1pt
#let ch = data.character * 1pt
#let fonts = data.fonts
#let red = rgb("#ff0000")

#set document(title: data.title, author: data.author, date: datetime(..data.made))
#set text(lang: "zh", region: "cn", size: data.body * 1pt, tracking: data.tracking * 1pt, font: fonts.fangsong.families, weight: fonts.fangsong.weight, top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none, hyphenate: false, overhang: false, costs: (widow: 0%, orphan: 0%))
#set par(leading: gap, spacing: gap, justify: true, linebreaks: "optimized")
#set block(spacing: gap)
#show heading: it => []

// Where a long word may break stands U+200B, set in a size of its own: of one size with the letter before it, it is measured as a part of that letter, and
// a line that ends there reaches a letter into the margin.
#let runs(list) = list.map(r => {
  let face = fonts.at(r.font)
  set text(font: face.families, weight: face.weight)
  r.text.split("\u{200b}").map(part => text(part)).join(text(size: 0.1pt, tracking: 0pt, "\u{200b}"))
}).join()

#let marked(it) = if it.outline != none { heading(level: it.outline + 1, outlined: true, bookmarked: true, it.runs.filter(r => r.mark).map(r => r.text).join()) }

#let aligned = (justify: left, left: left, centre: center, right: right)

// One paragraph; a first line that stands out is a hanging indent.
#let line(it) = block(width: 100%, above: gap, below: gap, sticky: it.keep, inset: (top: it.before * pitch), {
  set text(size: it.points * 1pt)
  set text(tracking: 0pt) if it.points != data.body
  set text(fill: red) if it.red
  set par(leading: 0.5 * it.points * 1pt) if it.points > data.body
  let out = calc.min(0, it.first)
  pad(left: (it.left + out) * ch, right: it.right * ch, {
    set align(aligned.at(it.align))
    par(justify: it.align == "justify", first-line-indent: (amount: calc.max(0, it.first) * ch, all: true), hanging-indent: -out * ch, { marked(it); if it.runs.len() == 0 { hide("一") } else { runs(it.runs) } })
  })
  if it.ruled { v(4mm, weak: false); place(bottom, std.line(length: 100%, stroke: 1.5pt + red)) }
})

#let pair(it) = block(width: 100%, above: gap, below: gap, inset: (top: it.before * pitch), {
  pad(x: if it.flush { 0pt } else { ch }, grid(columns: (1fr, auto), column-gutter: 1em, par(justify: false, runs(it.left)), align(right, runs(it.right))))
  if it.ruled { v(4mm, weak: false); place(bottom, std.line(length: 100%, stroke: 1.5pt + red)) }
})

#let cell(it, row, first) = {
  let body = it.lines.map(list => if list.len() == 0 { [] } else { runs(list) }).join(linebreak())
  if first and row.lines > 0 { body = grid(columns: (0pt, 1fr), align: aligned.at(it.align) + horizon, v(row.lines * pitch), body) }
  table.cell(colspan: it.columns, rowspan: it.rows, align: aligned.at(it.align) + horizon, breakable: not row.whole, body)
}

#let gridded(it) = {
  set text(size: it.points * 1pt, tracking: 0pt)
  set par(leading: 0.32em, spacing: 0.32em, justify: false)
  let cells(row) = row.cells.enumerate().filter(((n, c)) => c.rows > 0).map(((n, c)) => cell(c, row, n == 0))
  block(above: 0.5 * gap, below: 0.75 * gap, width: 100%, breakable: true, table(
    columns: it.widths.map(w => w * 1fr), stroke: 0.5pt, inset: (x: 4pt, y: 4pt),
    ..if it.header > 0 { (table.header(repeat: true, ..it.rows.slice(0, it.header).map(cells).flatten()),) },
    ..it.rows.slice(it.header).map(cells).flatten(),
  ))
}

// Thick above, thin below; at the foot of the page the other way round. Nothing of it stands in the text.
#let double(thick) = stack(spacing: 0.9pt, ..{ let (a, b) = (std.line(length: 100%, stroke: 1.8pt + red), std.line(length: 100%, stroke: 0.6pt + red)); if thick { (a, b) } else { (b, a) } })
#let letterpaper = context if data.letter != none and counter(page).get().first() == 1 {
  let l = data.letter
  place(top + center, dy: l.top * 1mm, block(width: l.line * 1mm, {
    set text(size: l.points * 1pt, fill: red, tracking: 0pt)
    stack(spacing: l.under * 1mm, align(center, par(justify: false, runs(l.runs))), double(true))
  }))
  place(bottom + center, dy: -l.bottom * 1mm, block(width: l.line * 1mm, double(false)))
}
// The text of a letter begins seven eighths of a character under its first line.
#let underletter = if data.letter != none { let l = data.letter; block(height: (l.top + l.under - data.sections.first().top) * 1mm + (l.points + 3.3 + 0.875 * data.body) * 1pt - gap, above: 0pt, below: 0pt) }

#let number = context if data.letter == none or counter(page).get().first() > 1 {
  let n = counter(page).get().first()
  set text(size: data.small * 1pt, font: fonts.latin.families, weight: fonts.latin.weight, tracking: 0pt)
  if calc.odd(n) { align(right, pad(right: data.small * 1pt)[— #n —]) } else { align(left, pad(left: data.small * 1pt)[— #n —]) }
}

#let foot = if data.foot.len() > 0 {
  set text(size: data.small * 1pt, tracking: 0pt)
  set par(leading: 7pt, spacing: 7pt, justify: false)
  let wide = data.small * 1pt
  block(height: 0pt, above: 0pt, below: 0pt, sticky: true)
  v(1fr)
  block(width: 100%, breakable: false, above: gap, below: 0pt, table(
    columns: (1fr,), inset: (x: wide, y: 5pt), align: left,
    stroke: (x, y) => (top: if y == 0 { 1pt } else { 0.7pt }, bottom: 1pt),
    ..data.foot.map(row => if row.right == none { par(hanging-indent: row.hang * wide, row.left) } else { grid(columns: (1fr, auto), row.left, row.right) }),
  ))
}

#for (n, part) in data.sections.enumerate() {
  page(width: part.width * 1mm, height: part.height * 1mm, margin: (top: part.top * 1mm, bottom: part.bottom * 1mm, left: part.left * 1mm, right: part.right * 1mm), footer: number, footer-descent: 7mm, background: letterpaper, {
    if n == 0 { underletter }
    for it in part.items {
      if it.kind == "line" { line(it) } else if it.kind == "pair" { pair(it) } else if it.kind == "grid" { gridded(it) } else { pagebreak(weak: false) }
    }
    if n == data.sections.len() - 1 { foot }
  })
}
`;
