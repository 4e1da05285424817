// Stands in for rest.js in a page that comes in one piece.
Kumquat.rest = { fieldMade() {}, scripts: () => Promise.resolve() };
