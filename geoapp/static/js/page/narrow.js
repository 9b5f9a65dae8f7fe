// Lists that are narrowed by typing: what does not hold the words is hidden, groups with a hit are opened.

for (const box of document.querySelectorAll("[data-filter]")) {
  const field = box.querySelector("input[type=search]");
  const groups = [...box.querySelectorAll("details")].map((group) => ({ group, was: group.open }));
  field?.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const { group, was } of groups) {
      const whole = group.querySelector("summary").textContent.toLowerCase().includes(wanted);
      let hits = 0;
      for (const row of group.querySelectorAll("li, tbody tr")) {
        row.hidden = !whole && !row.textContent.toLowerCase().includes(wanted);
        hits += row.hidden ? 0 : 1;
      }
      group.hidden = hits === 0;
      group.open = wanted ? hits > 0 : was;
    }
  });
}
