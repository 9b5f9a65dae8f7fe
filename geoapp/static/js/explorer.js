// The explorer: the map, the panel beside it, cards, sharing and comparing.
import { bindCard } from "./card/card.js";
import { bindCompare, syncCompare } from "./compare/compare.js";
import { bindControls, syncControls } from "./panel/controls.js";
import "./page/narrow.js";
import { bindDrawer, lower } from "./panel/drawer.js";
import { drawTree } from "./panel/layer_tree.js";
import { bindSearch } from "./panel/search.js";
import { bindTable, drawTable, markRow } from "./panel/table.js";
import { bindShare, openShare } from "./share/share.js";
import { begin } from "./view/begin.js";
import { view } from "./view/state.js";

for (const bind of [bindControls, bindTable, bindSearch, bindShare, bindCompare, bindDrawer]) bind();
bindCard({ openShare });
await begin({ drawn: [drawTable, syncControls, drawTree], settled: [() => markRow(view.sel), syncCompare, lower], filtered: drawTable });
