// The last of the page's scripts. What goes wrong in the program comes to Kumquat.onError as a rejection that nobody handles.
KumquatProgram({ instantiateWasm: (imports, done) => Kumquat.rest.instantiate(imports, done) });
