/** What readers of files share; not for users of the module. */
package gradus.text.files;
