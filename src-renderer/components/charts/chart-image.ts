import type { EChartsType } from "echarts/core";
import type { ChartLook } from "./chart-look.ts";

/** The chart with its title above it, as a PNG at twice the size on the screen. */
export function chartImage(
	chart: EChartsType,
	title: string,
	look: ChartLook,
): Promise<Blob> {
	const ratio = 2;
	const drawing = chart.renderToCanvas({
		pixelRatio: ratio,
		backgroundColor: look.surface,
	});
	const header = 32 * ratio;
	const canvas = document.createElement("canvas");
	canvas.width = drawing.width;
	canvas.height = drawing.height + header;
	const pen = canvas.getContext("2d");
	if (pen === null) return Promise.reject(new Error("No canvas to draw on."));
	pen.fillStyle = look.surface;
	pen.fillRect(0, 0, canvas.width, canvas.height);
	pen.fillStyle = look.text;
	pen.font = `600 ${14 * ratio}px ${look.fontFamily}`;
	pen.textBaseline = "middle";
	pen.fillText(title, 8 * ratio, header / 2, canvas.width - 16 * ratio);
	pen.drawImage(drawing, 0, header);
	return new Promise((resolve, reject) => {
		canvas.toBlob((blob) => {
			if (blob === null) reject(new Error("The image could not be made."));
			else resolve(blob);
		}, "image/png");
	});
}
