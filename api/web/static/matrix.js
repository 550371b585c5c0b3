/* The matrix by keyboard: one stop for Tab, the arrows inside; without JavaScript every box is a stop, and all works the same. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-matrix]");
  if (!form) { return; }
  var table = form.querySelector("table");
  var here = form.querySelector("[data-here]");
  var rows = Array.from(table.tBodies[0].rows);
  var before = ticked();
  var kept = false;

  function stop(cell) { return cell.querySelector("input") || cell; }

  function ticked() {
    return Array.from(form.querySelectorAll("input[type=checkbox]:checked"), function (one) { return one.value; }).join();
  }

  function place(cell) { return { row: rows.indexOf(cell.parentNode), column: cell.cellIndex }; }

  table.setAttribute("role", "grid");
  rows.forEach(function (row, rank) {
    Array.from(row.cells).forEach(function (cell) {
      if (cell.tagName === "TH") { return; }
      cell.setAttribute("role", "gridcell");
      stop(cell).tabIndex = -1;
    });
    if (rank === 0 && row.cells[1]) { stop(row.cells[1]).tabIndex = 0; }
  });
  document.querySelectorAll("[data-with-script]").forEach(function (one) { one.hidden = false; });

  table.addEventListener("keydown", function (event) {
    var cell = event.target.closest("tbody td");
    if (!cell) { return; }
    var at = place(cell), width = cell.parentNode.cells.length - 1, all = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowRight": at.column += 1; break;
      case "ArrowLeft": at.column -= 1; break;
      case "ArrowDown": at.row += 1; break;
      case "ArrowUp": at.row -= 1; break;
      case "PageDown": at.row = Math.min(at.row + 10, rows.length - 1); break;
      case "PageUp": at.row = Math.max(at.row - 10, 0); break;
      case "Home": at.column = 1; if (all) { at.row = 0; } break;
      case "End": at.column = width; if (all) { at.row = rows.length - 1; } break;
      case "Enter": if (event.target.type === "checkbox") { event.preventDefault(); event.target.click(); } return;
      default: return;
    }
    event.preventDefault();
    if (at.column >= 1 && at.column <= width && rows[at.row]) { stop(rows[at.row].cells[at.column]).focus(); }
  });

  // The one stop for Tab follows the focus; what the cell is about is written under the matrix, for whoever sees it.
  table.addEventListener("focusin", function (event) {
    var cell = event.target.closest("tbody td");
    if (!cell) { return; }
    table.querySelectorAll("[tabindex='0']").forEach(function (one) { one.tabIndex = -1; });
    event.target.tabIndex = 0;
    var head = document.getElementById("c" + cell.cellIndex), why = cell.querySelector("[hidden]");
    here.textContent = [cell.parentNode.cells[0].textContent.trim(), head.textContent.trim(), why ? why.textContent : ""]
      .filter(Boolean).join(" — ");
  });

  // Boxes that were not saved are not left without a word.
  form.addEventListener("submit", function () { kept = true; });
  window.addEventListener("beforeunload", function (event) {
    if (!kept && ticked() !== before) { event.preventDefault(); }
  });
})();
