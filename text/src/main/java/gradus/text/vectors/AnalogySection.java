package gradus.text.vectors;

import java.util.List;

/**
 * The questions of one kind, such as capitals or plurals.
 *
 * @param name what the test set calls them
 * @param questions in the order of the file
 */
record AnalogySection(String name, List<AnalogyQuestion> questions) {}
