// What the theme leaves out: headings of the menu have a level, and what scrolls can be reached with the keyboard.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("p.caption[role=heading]").forEach((one) => one.setAttribute("aria-level", "2"));
  const reach = () =>
    document.querySelectorAll("pre, .cell_output, .table-wrapper").forEach((one) => {
      if (one.scrollWidth > one.clientWidth) one.setAttribute("tabindex", "0");
    });
  reach();
  addEventListener("resize", reach);
});
