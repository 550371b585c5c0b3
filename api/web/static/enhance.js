/* What a browser with JavaScript does better; every page works without it. */
(function () {
  "use strict";

  // After a part of the page was replaced, what it says is heard: the new part's title takes the focus when it asks for it.
  document.addEventListener("htmx:afterSettle", function (event) {
    var wanted = event.target.querySelector && event.target.querySelector("[data-focus]");
    if (wanted) { wanted.focus(); }
  });

  // A refusal or a defect is a whole page: it is shown as one.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status >= 400) {
      event.detail.shouldSwap = true;
      event.detail.target = document.body;
      event.detail.isError = false;
    }
  });

  // A form that is being sent is not sent twice.
  document.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (event.target.method === "post" && button && !event.defaultPrevented) {
      setTimeout(function () { button.setAttribute("disabled", ""); });
    }
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      document.querySelectorAll("button[disabled]:not([data-off])").forEach(function (one) { one.removeAttribute("disabled"); });
    }
  });

  // Suggestions are walked through with the arrows, and closed with Escape.
  document.addEventListener("keydown", function (event) {
    var search = event.target.closest && event.target.closest(".site-search");
    if (!search || ["ArrowDown", "ArrowUp", "Escape"].indexOf(event.key) < 0) { return; }
    var field = search.querySelector("input");
    if (event.key === "Escape") {
      search.querySelector(".suggestions").replaceChildren();
      field.focus();
      return;
    }
    var stops = [field].concat(Array.from(search.querySelectorAll(".suggestions a")));
    var next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // The error summary is heard at once.
  var summary = document.querySelector(".error-summary");
  if (summary) { summary.focus(); }
})();
