// The reader's choice of light or dark, applied before the first paint. Without it the system's setting holds.
(function () {
  try {
    var choice = localStorage.getItem("portolan-theme");
    if (choice === "light" || choice === "dark") document.documentElement.setAttribute("data-theme", choice);
  } catch (closed) { /* storage may be shut: the system's setting holds */ }
})();
