import { afterAll, vi } from "vitest";

// Test files share a process, so that not each loads everything anew: what one replaced is
// put back before the next begins.
afterAll(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
	vi.unstubAllEnvs();
	vi.unstubAllGlobals();
});

// A canvas cannot be drawn on in jsdom; what would be drawn is tested where it is built.
vi.mock("../../src-renderer/components/charts/load-echarts.ts", () => ({
	loadEcharts: () => new Promise(() => {}),
}));
