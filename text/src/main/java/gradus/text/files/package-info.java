/** What the readers and doors of this module share; not for its users. */
package gradus.text.files;
