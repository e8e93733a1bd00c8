"""How the web page of a digest looks: one style sheet, no outside font, light and dark, screen and paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1d1b18; --soft: #6a645b; --line: #dcd6ca; --link: #7a2e1d;
  --new: #2e6b3a; --update: #8a5a00;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Noto Serif", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --ink: #e6e1d8; --soft: #a09889; --line: #3a362f; --link: #e9a58f;
    --new: #8fc79b; --update: #e0b45c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: clamp(1.25rem, 5vw, 3.5rem) clamp(1.1rem, 5vw, 2rem); max-width: 42rem;
  background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 var(--serif); font-kerning: normal; text-rendering: optimizeLegibility;
  overflow-wrap: anywhere;
}
a { color: inherit; text-decoration: none; }
a:hover, a:focus-visible { color: var(--link); text-decoration: underline; text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
header { border-bottom: 3px double var(--line); padding-bottom: 1rem; margin-bottom: 2.25rem; }
h1 { margin: 0; font-size: clamp(2rem, 7vw, 2.9rem); line-height: 1.1; letter-spacing: -.02em; }
h2, h3 { line-height: 1.25; text-wrap: balance; letter-spacing: -.01em; }
h2 { margin: 0 0 .5rem; font-size: 1.5rem; }
.date, .late, footer, .told, .id, .mark, details, .kicker { font-family: var(--sans); }
.date { margin: .4rem 0 0; color: var(--soft); font-size: .95rem; }
.late { margin: .6rem 0 0; color: var(--update); font-size: .95rem; }
.quiet { font-size: 1.25rem; }
article { margin: 0 0 2.6rem; scroll-margin-top: 1rem; }
.kicker { display: flex; gap: .75rem; align-items: baseline; margin: 0 0 .3rem; font-size: .8rem; }
.kicker .number { font-weight: 600; color: var(--link); }
.mark, .id { flex: none; white-space: nowrap; font-weight: normal; letter-spacing: normal; }
.mark { text-transform: uppercase; letter-spacing: .08em; font-size: .7rem; font-weight: 600; }
.new { color: var(--new); }
.update { color: var(--update); }
.id { margin-inline-start: auto; font-size: .8rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.prose { margin: 0 0 .6rem; hanging-punctuation: first; }
.prose sup { font: 600 .68em/0 var(--sans); margin-inline-start: .12em; white-space: nowrap; }
.prose sup a { color: var(--link); padding: .3em .1em; }
.told { margin: 0; font-size: .88rem; line-height: 1.5; color: var(--soft); }
.told sup { font-size: .75em; line-height: 0; }
details { margin-top: .3rem; font-size: .88rem; color: var(--soft); }
summary { cursor: pointer; width: fit-content; }
summary:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
details ul { margin: .5rem 0 0; padding: 0; list-style: none; }
details li { padding: .4rem 0; border-top: 1px solid var(--line); line-height: 1.4; }
details li a { color: var(--ink); }
.also { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.also > h2, .section { font: 600 .8rem var(--sans); letter-spacing: .1em; text-transform: uppercase; }
.also > h2, .section { color: var(--soft); margin-bottom: .8rem; }
.also article { margin: 0 0 1.15rem; }
.also h3 { margin: 0; font-size: 1.1rem; display: flex; gap: .75rem; align-items: baseline; }
footer { border-top: 3px double var(--line); margin-top: 2.5rem; padding-top: .9rem; }
footer { color: var(--soft); font-size: .88rem; }
footer p { margin: 0 0 .3rem; }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #999; --link: #000; --new: #000; --update: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45; }
  article { break-inside: avoid; margin-bottom: 1.4rem; }
  h2, h3 { break-after: avoid; }
  details { display: none; }
  .told a[href]::after { content: " (" attr(data-place) ")"; font-size: .8em; }
}
"""
