// Stands in for local.js and notice.js in the page that kumquatd serves: there is no service in this browser, and no shell.
Kumquat.local = { on: false, bits: () => 0 };
Kumquat.shell = { shows: () => false, reload: () => location.reload() };
