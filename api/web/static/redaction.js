/* A draft is kept as it is written, its tree is walked with arrows and moved with the mouse; every page works without this. */
(function () {
  "use strict";

  var form = document.getElementById("formulaire"), tree = document.querySelector(".tree"), state = document.getElementById("enregistre");
  if (!form || !tree) { return; }

  // -- kept as it is written --
  var running = false, again = false;

  function filled(from) {
    var found = {};
    new FormData(from).forEach(function (value, name) { (found[name] = found[name] || []).push(value); });
    Object.keys(found).forEach(function (name) { found[name] = found[name].filter(Boolean).join("\n"); });
    return found;
  }

  // What somebody else has written comes into fields that nobody has touched since; unless all can, the form stays that of the older state.
  function follow(other, sent) {
    var now = filled(form), theirs = filled(other), whole = true;
    Object.keys(theirs).forEach(function (name) {
      if (name === "revision" || now[name] === theirs[name] || sent[name] === theirs[name]) { return; }
      if (now[name] !== sent[name]) { whole = false; return; }
      form.querySelectorAll("[name='" + name + "']").forEach(function (one, rank) {
        var twin = other.querySelectorAll("[name='" + name + "']")[rank];
        if (!twin) { whole = false; } else if (one.type === "checkbox") { one.checked = twin.checked; } else { one.value = twin.value; }
      });
    });
    if (whole) {
      document.querySelectorAll("[name=revision]").forEach(function (one) { one.value = other.querySelector("[name=revision]").value; });
    }
  }

  function show(page, answer, sent) {
    page.querySelectorAll("[data-live][id]").forEach(function (one) {
      var here = document.getElementById(one.id);
      if (here && here !== state && !here.contains(document.activeElement)) { here.replaceChildren.apply(here, Array.from(one.childNodes)); }
    });
    form.querySelectorAll("[aria-invalid]").forEach(function (one) { one.removeAttribute("aria-invalid"); });
    page.querySelectorAll("#formulaire [aria-invalid]").forEach(function (one) {
      var here = document.getElementById(one.id);
      if (here) { here.setAttribute("aria-invalid", "true"); }
    });
    state.textContent = answer.status === 422 ? state.dataset.wrong : page.getElementById("enregistre").textContent;
    if (answer.ok) { follow(page.getElementById("formulaire"), sent); }
  }

  function keep() {
    if (running) { again = true; return; }
    running = true;
    var sent = filled(form), body = new URLSearchParams(new FormData(form));
    state.textContent = state.dataset.said;
    fetch(form.action, { method: "POST", body: body, keepalive: body.toString().length < 60000, credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        if (answer.status === 409) { state.textContent = state.dataset.clash; }
        else if (page.getElementById("formulaire")) { show(page, answer, sent); }
        else { state.textContent = state.dataset.lost; }
      });
    }).catch(function () { state.textContent = state.dataset.lost; }).then(function () {
      running = false;
      if (again) { again = false; keep(); }
    });
  }

  form.addEventListener("change", keep);
  window.addEventListener("pagehide", function () {
    if (again) { fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true }); }
  });

  // -- the tree --
  var moving = document.getElementById("deplacement");

  function move(place, step, aim) {
    moving.elements.element.value = place;
    moving.elements.sens.value = step;
    moving.elements.vers.value = aim;
    moving.submit();
  }

  tree.addEventListener("keydown", function (event) {
    var link = event.target.closest("a");
    if (!link || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) { return; }
    event.preventDefault();
    if (event.altKey) {
      var place = link.closest("[data-place]").dataset.place;
      if (place) { move(place, event.key === "ArrowUp" ? "haut" : "bas", ""); }
      return;
    }
    var links = Array.from(tree.querySelectorAll("a")), next = links[links.indexOf(link) + (event.key === "ArrowUp" ? -1 : 1)];
    if (next) { next.focus(); }
  });

  document.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea, select")) { return; }
    var key = event.key.toLowerCase(), wanted = key === "z" && event.shiftKey ? "y" : key;
    var button = wanted === "z" || wanted === "y" ? document.querySelector("[data-key='" + wanted + "']") : null;
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });

  // -- the mouse: an item is dropped before another of its kind, a competency also into a block --
  var dragged = null;

  function target(event) {
    var over = event.target.closest("[data-place]"), place = over && over.dataset.place;
    if (!dragged || !place || place === dragged || place.indexOf(dragged + "/") === 0) { return null; }
    if (dragged.indexOf("/") < 0) { return { over: over, aim: "|" + place.split("/")[0] }; }
    var parts = place.split("/");
    return { over: over, aim: parts[0] + "|" + (parts[1] || "") };
  }

  function clear() { tree.querySelectorAll(".over").forEach(function (one) { one.classList.remove("over"); }); }

  tree.addEventListener("dragstart", function (event) {
    var item = event.target.closest("[draggable]");
    dragged = item && item.dataset.place;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged || "");
  });
  tree.addEventListener("dragover", function (event) {
    var found = target(event);
    clear();
    if (found) { event.preventDefault(); found.over.classList.add("over"); }
  });
  tree.addEventListener("drop", function (event) {
    var found = target(event);
    if (found) { event.preventDefault(); move(dragged, "", found.aim); }
  });
  tree.addEventListener("dragend", function () { dragged = null; clear(); });
})();
