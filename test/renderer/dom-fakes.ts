import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

/**
 * What jsdom lacks and the war room's libraries ask for: media queries, fonts, resize observation
 * and sizes. Every element is 1280 by 640, so that a virtual list has something to show.
 */
export function fakeDom(): void {
	Object.defineProperty(window, "matchMedia", {
		configurable: true,
		value: (query: string) => ({
			matches: query.includes("min-width"),
			media: query,
			addEventListener() {},
			removeEventListener() {},
			addListener() {},
			removeListener() {},
		}),
	});
	class FakeResizeObserver {
		observe() {}
		unobserve() {}
		disconnect() {}
	}
	Object.defineProperty(globalThis, "ResizeObserver", {
		configurable: true,
		value: FakeResizeObserver,
	});
	Object.defineProperty(document, "fonts", {
		configurable: true,
		value: new EventTarget(),
	});
	for (const [name, value] of [
		["offsetHeight", 640],
		["offsetWidth", 1280],
		["clientHeight", 640],
		["clientWidth", 1280],
	] as const) {
		Object.defineProperty(HTMLElement.prototype, name, {
			configurable: true,
			get: () => value,
		});
	}
	Element.prototype.scrollTo = () => {};
	Element.prototype.scrollIntoView = () => {};
	// A busy machine is slow, not wrong.
	configure({ asyncUtilTimeout: 10_000, defaultHidden: false });
	afterEach(cleanup);
}
