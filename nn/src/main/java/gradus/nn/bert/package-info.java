/**
 * BERT, a whole model made of the layers of {@code gradus.nn}.
 *
 * <p>Begin with {@link gradus.nn.bert.BertModel}, to be read from top to bottom; {@link
 * gradus.nn.bert.BertForMaskedLM} guesses words, {@link
 * gradus.nn.bert.BertForSequenceClassification} tells kinds of texts, {@link
 * gradus.nn.bert.BertConfig} holds the sizes, {@code BertNames} translates the names of Hugging
 * Face's weights. Hugging Face: {@code transformers.BertModel}.
 *
 * <p>Imports layers and nothing of text: tokens come as ids.
 */
package gradus.nn.bert;
