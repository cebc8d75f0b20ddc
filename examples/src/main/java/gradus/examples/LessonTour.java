package gradus.examples;

import gradus.examples.picture.PageStyle;
import gradus.examples.picture.Svg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Nine stations through the studio, in the order of the lesson: a sentence, and something to do.
 */
final class LessonTour {

  /**
   * A station.
   *
   * @param title what it is about
   * @param text what to see and what to do
   * @param place the page of the studio and what it shows
   */
  private record Station(String title, String text, String place) {}

  private static final List<Station> STATIONS =
      List.of(
          new Station(
              "A word is a row of a table",
              "Two ids come in, 0 and 2; out come rows 0 and 2, unchanged. Point at a number of C: the number of A that it was copied from lights up.",
              "backprop.html#1"),
          new Station(
              "Near in meaning, near in direction",
              "Each point is a word. The lists name the words nearest to king, by all 384 numbers and on this map: a flat map keeps only a part. Search for a word of your own.",
              "words.html#map=pca&pca=0,1&word=king"),
          new Station(
              "Calculating with meanings",
              "From man to king, and the same step from woman. The word nearest to where it ends is queen. Type three words of your own.",
              "words.html#map=pca&pca=0,1&sum=king&sum=man&sum=woman"),
          new Station(
              "The angle, not the distance",
              "Here the neighbours are chosen by distance, so long vectors count as far whatever they mean. Choose cosine under nearness, and compare the lists.",
              "words.html#map=pca&pca=0,1&metric=euclidean&word=small"),
          new Station(
              "Directions mean something",
              "Left to right: the step from he to she. Bottom to top: from small to big. Look where king, queen, city and girl lie; then type axes of your own.",
              "words.html#map=axes&axis=he&axis=she&axis=small&axis=big&word=queen"),
          new Station(
              "Learned from the company that words keep",
              "Vectors of chance at the start. Drag the slider through the epochs: the loss falls, and words of one kind come together. Nobody told the program what a word means.",
              "training.html#map=pca&pca=0,1&word=king&moment=0"),
          new Station(
              "A head that looks",
              "bank takes half of what it gets here from loan. The marked row of the table says it all: choose other words, and other heads.",
              "attention.html#text=0&layer=0&head=0&token=4"),
          new Station(
              "The same word by the river",
              "The same row of the table went in for this bank; but this head takes from river. After six layers the two banks are different vectors: static became contextual.",
              "attention.html#text=1&layer=0&head=4&token=5"),
          new Station(
              "How all of it is learned",
              "The walk back, at a product of matrices. Press → and ← inside, and point at a number of dA or dB: the row and the column that make it light up, with the numbers in the formula.",
              "backprop.html#16"));

  private LessonTour() {}

  static int stations() {
    return STATIONS.size();
  }

  /** Writes the tour; the pages that it shows lie beside it. */
  static void save(Path file) {
    var stations = new StringBuilder();
    for (int i = 0; i < STATIONS.size(); i++) {
      Station station = STATIONS.get(i);
      stations.append(
          "<section hidden data-place='%s'><h2>%d. %s</h2><p>%s</p></section>\n"
              .formatted(
                  Svg.escape(station.place()),
                  i + 1,
                  Svg.escape(station.title()),
                  Svg.escape(station.text())));
    }
    try {
      Files.writeString(file, PAGE.formatted(PageStyle.CSS, stations, STATIONS.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("LessonTour: %s cannot be written.".formatted(file), e);
    }
  }

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>A tour of nine stations</title>
      <style>
      %s
      body { max-width: none; margin: 0; padding: 0; display: flex; flex-direction: column; height: 100vh; height: 100dvh; }
      #told { padding: .7rem 1rem; display: flex; gap: 1rem; align-items: start; } #told div { flex: 1; min-width: 0; }
      #told h2 { margin: 0; font-size: 1.25rem; border: 0; padding: 0; } #told p { margin: .2rem 0 0; }
      #told button { font: inherit; padding: .3rem .9rem; color: var(--ink); background: var(--panel); border: 1px solid var(--rule); border-radius: 5px; cursor: pointer; }
      #told button:focus-visible { outline: 2px solid var(--c1); } #told button:disabled { opacity: .4; cursor: default; }
      iframe { flex: 1; width: 100%%; border: 0; border-top: 1px solid var(--rule); }
      @media (max-width: 40rem) { #told { flex-wrap: wrap; } #told div { order: 3; flex-basis: 100%%; } #told h2 { font-size: 1.1rem; } #told p { font-size: .95rem; } }
      </style>
      </head>
      <body>
      <div id="told" aria-live="polite"><button id="back" aria-label="the station before">←</button>
      <div>
      %s</div>
      <button id="on" aria-label="the next station">→</button></div>
      <iframe title="the studio"></iframe>
      <script>
      const stations = [...document.querySelectorAll('section')];
      const [back, on] = [document.getElementById('back'), document.getElementById('on')];
      let now = Math.max(0, Math.min(%d, Number(location.hash.slice(1)) || 1) - 1);
      function show(to) {
        now = Math.max(0, Math.min(stations.length - 1, to));
        stations.forEach((station, i) => (station.hidden = i !== now));
        back.disabled = now === 0;
        on.disabled = now === stations.length - 1;
        const fresh = document.createElement('iframe'); // a new hash alone would not load the page again
        fresh.title = 'the studio: ' + stations[now].querySelector('h2').textContent;
        fresh.src = stations[now].dataset.place;
        document.querySelector('iframe').replaceWith(fresh);
        history.replaceState(null, '', '#' + (now + 1));
      }
      back.onclick = () => show(now - 1);
      on.onclick = () => show(now + 1);
      document.onkeydown = e => { if (e.key === 'ArrowRight') on.click(); if (e.key === 'ArrowLeft') back.click(); };
      show(now);
      </script>
      </body>
      </html>
      """;
}
