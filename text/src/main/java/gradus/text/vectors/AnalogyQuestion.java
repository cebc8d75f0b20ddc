package gradus.text.vectors;

import java.util.List;

/**
 * One question of a test set: a is to b as c is to which word?
 *
 * @param a the first word
 * @param b what belongs to it
 * @param c the word asked about
 * @param answers the words that count as right, the one that the table must hold first
 */
record AnalogyQuestion(String a, String b, String c, List<String> answers) {}
