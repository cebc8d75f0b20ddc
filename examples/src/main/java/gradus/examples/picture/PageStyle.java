package gradus.examples.picture;

/** The page's style sheet: one set of names for colours, with values for light and dark ground. */
public final class PageStyle {

  /** How many colours the classes {@code fill1, stroke1, ...} go up to. */
  public static final int COLOURS = 6;

  /** The size of the smallest letters in a picture, in pixels: those of class {@code small}. */
  public static final double SMALLEST = 10.5;

  private PageStyle() {}

  /** Colours after Okabe and Ito, which people with any kind of colour blindness can tell apart. */
  public static final String CSS =
      """
      :root { color-scheme: light dark;
        --ground: #fdfcf9; --ink: #23211c; --soft: #5e5a50; --rule: #ddd8cc; --panel: #f4f1ea;
        --c1: #0072b2; --c2: #d55e00; --c3: #00805d; --c4: #b3468a; --c5: #a87400; --c6: #3d6fd0; }
      @media (prefers-color-scheme: dark) { :root {
        --ground: #16181c; --ink: #e9e6df; --soft: #a9a598; --rule: #383a40; --panel: #1f2228;
        --c1: #5bb8f0; --c2: #ff9552; --c3: #3ccf9f; --c4: #e79bcb; --c5: #f0bb3c; --c6: #9db8ff; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--ground); color: var(--ink);
        font: 17px/1.6 Charter, "Bitstream Charter", "Iowan Old Style", Georgia, serif; }
      main, header { max-width: 52rem; margin: 0 auto; padding: 0 1.2rem; }
      header { padding-top: 3.5rem; }
      h1 { font-size: 2.5rem; line-height: 1.15; margin: 0 0 .4rem; letter-spacing: -.01em; }
      h2 { font-size: 1.6rem; line-height: 1.25; margin: 4rem 0 1rem; padding-top: 1.2rem;
        border-top: 1px solid var(--rule); }
      h2 .number { color: var(--c1); margin-right: .6rem; }
      h3 { font-size: 1.12rem; margin: 2rem 0 .5rem; }
      p { margin: .8rem 0; } .lead { font-size: 1.15rem; color: var(--soft); }
      nav { margin: 1.6rem 0 0; columns: 2; font-size: .95rem; }
      nav a { display: block; padding: .15rem 0; }
      a { color: var(--c1); text-decoration-thickness: 1px; text-underline-offset: 3px; }
      code, pre, .mono { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, monospace; }
      code { font-size: .86em; background: var(--panel); padding: .1em .3em; border-radius: 3px; }
      pre { background: var(--panel); border: 1px solid var(--rule); border-radius: 6px;
        padding: .9rem 1rem; overflow-x: auto; font-size: .84rem; line-height: 1.5; }
      pre code { background: none; padding: 0; font-size: 1em; }
      .claim { display: grid; grid-template-columns: 1fr auto; gap: .2rem 1.4rem; margin: .5rem 0;
        padding: .5rem .9rem; border-left: 3px solid var(--c1); background: var(--panel); }
      .claim b { font-weight: 600; text-align: right; font-variant-numeric: tabular-nums; }
      .scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--c1); }
      .beside { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; } .beside > div { min-width: 0; }
      .beside h4 { margin: .6rem 0 0; font-size: .93rem; color: var(--soft); font-weight: 600; }
      .beside pre { margin-top: .3rem; font-size: .76rem; }
      pre .n { display: inline-block; width: 2.2em; color: var(--soft); user-select: none; }
      .formula { text-align: center; font-size: 1.15rem; font-style: italic; }
      table { border-collapse: collapse; margin: 1rem 0; font-size: .93rem; min-width: 60%; }
      th, td { text-align: left; padding: .32rem .9rem .32rem 0; border-bottom: 1px solid var(--rule);
        font-variant-numeric: tabular-nums; vertical-align: top; }
      th { color: var(--soft); font-weight: 600; } td.figure, th.figure { text-align: right; white-space: nowrap; }
      figure { margin: 1.6rem 0; } figure svg { width: 100%; height: auto; display: block; margin: 0 auto; }
      figcaption { color: var(--soft); font-size: .93rem; margin-top: .5rem; }
      footer { max-width: 52rem; margin: 4rem auto 3rem; padding: 1rem 1.2rem; color: var(--soft);
        border-top: 1px solid var(--rule); font-size: .9rem; }
      svg text { fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
      svg .label { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
      svg .tick, svg .soft { fill: var(--soft); } svg .legend { font-size: 13px; }
      svg .small { font-size: 10.5px; } svg .strong { font-weight: 700; }
      svg .frame { fill: none; stroke: var(--rule); } svg .grid { stroke: var(--rule); }
      svg .line { fill: none; stroke-linejoin: round; } svg .arrow { stroke-width: 1.6; fill: none; }
      svg .dashed { stroke-dasharray: 5 4; }
      svg .box { fill: var(--panel); stroke: var(--soft); } svg .edge { stroke: var(--soft); fill: none; }
      svg .thin { stroke-width: .7; }
      svg .stroke1 { stroke: var(--c1); } svg .stroke2 { stroke: var(--c2); } svg .stroke3 { stroke: var(--c3); }
      svg .stroke4 { stroke: var(--c4); } svg .stroke5 { stroke: var(--c5); } svg .stroke6 { stroke: var(--c6); }
      svg .fill1, svg .head.stroke1 { fill: var(--c1); } svg .fill2, svg .head.stroke2 { fill: var(--c2); }
      svg .fill3, svg .head.stroke3 { fill: var(--c3); } svg .fill4, svg .head.stroke4 { fill: var(--c4); }
      svg .fill5, svg .head.stroke5 { fill: var(--c5); } svg .fill6, svg .head.stroke6 { fill: var(--c6); }
      svg .head.edge { fill: var(--soft); }
      .studio iframe { width: 100%; height: 44rem; max-height: 90vh; border: 1px solid var(--rule); border-radius: 6px; }
      @media (min-width: 75rem) { .studio { margin-inline: -9rem; } }
      @media (max-width: 47rem) { figure.wide figcaption::after { content: " Swipe the picture to see all of it."; } }
      @media (max-width: 40rem) { nav, .beside { columns: 1; grid-template-columns: 1fr; }
        .claim { grid-template-columns: 1fr; } .claim b { text-align: left; } h1 { font-size: 2rem; } }
      """;
}
