export interface TooltipRow {
	readonly name: string;
	readonly value: string;
	/** Colour of the series, drawn as a mark before the name. */
	readonly colour?: string;
}

/**
 * The content of a chart's tooltip as an element. Names come from clients and are only ever
 * text: echarts would put a string into innerHTML.
 */
export function tooltipContent(
	title: string,
	rows: readonly TooltipRow[],
	hint?: string,
): HTMLElement {
	const box = document.createElement("div");
	box.style.cssText =
		"max-width:320px;white-space:normal;overflow-wrap:anywhere;font-variant-numeric:tabular-nums;line-height:1.45";
	const heading = document.createElement("div");
	heading.style.fontWeight = "600";
	heading.dir = "auto";
	heading.textContent = title;
	box.append(heading);
	for (const row of rows) box.append(rowElement(row));
	if (hint !== undefined) {
		const foot = document.createElement("div");
		foot.style.cssText = "opacity:0.75;margin-top:2px";
		foot.textContent = hint;
		box.append(foot);
	}
	return box;
}

function rowElement(row: TooltipRow): HTMLElement {
	const line = document.createElement("div");
	line.style.cssText = "display:flex;gap:12px;justify-content:space-between";
	const name = document.createElement("span");
	name.style.minWidth = "0";
	if (row.colour !== undefined) {
		const mark = document.createElement("span");
		mark.style.cssText =
			"display:inline-block;width:8px;height:8px;border-radius:2px;margin-inline-end:6px";
		mark.style.backgroundColor = row.colour;
		name.append(mark);
	}
	const words = document.createElement("bdi");
	words.textContent = row.name;
	name.append(words);
	const value = document.createElement("span");
	value.style.flex = "none";
	value.textContent = row.value;
	line.append(name, value);
	return line;
}
