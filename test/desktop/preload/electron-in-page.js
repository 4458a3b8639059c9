// Electron's renderer side for a plain Chromium page: what a sandboxed preload may require.
const pageElectron = (() => {
	const listeners = new Map();
	const ports = new Map();
	const { sendToMain, fromPort, portClosed } = globalThis;

	/** Joins the port that the page gets to the one that stays in Node. */
	function joinedPort(id) {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => fromPort(id, data);
		port1.addEventListener("close", () => portClosed(id));
		ports.set(id, port1);
		return port2;
	}

	const electron = {
		contextBridge: {
			exposeInMainWorld(name, value) {
				Object.defineProperty(window, name, { value: Object.freeze(value) });
			},
		},
		ipcRenderer: {
			send: (channel, ...values) => void sendToMain(channel, values),
			on(channel, listener) {
				listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
			},
		},
		webUtils: {
			getPathForFile(file) {
				if (!(file instanceof File)) throw new TypeError("not a File");
				return `/home/a/${file.name}`;
			},
		},
	};
	return {
		require(name) {
			if (name !== "electron")
				throw new Error(`a sandboxed preload has no ${name}`);
			return electron;
		},
		deliver(channel, values, portId) {
			const event = { ports: portId === null ? [] : [joinedPort(portId)] };
			for (const listener of listeners.get(channel) ?? [])
				listener(event, ...values);
		},
		toPort: (id, data) => ports.get(id)?.postMessage(data),
		closePort: (id) => ports.get(id)?.close(),
	};
})();
Object.defineProperty(globalThis, "pageElectron", { value: pageElectron });
