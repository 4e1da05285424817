// The last of the page's scripts.
Kumquat.glyphs.findFonts();
// What goes wrong in the program comes to Kumquat.onError as a rejection that nobody handles.
KumquatProgram(Kumquat.rest.options);
