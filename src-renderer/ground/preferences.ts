import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

/** `local` is the zone of the machine. */
export const zones = ["local", "utc"] as const;
export type Zone = (typeof zones)[number];

interface Preferences {
	readonly density: Density;
	readonly zone: Zone;
	setDensity(density: Density): void;
	setZone(zone: Zone): void;
}

/** What a person chose on this machine; kept by the browser, never sent. */
export const usePreferences = create<Preferences>()(
	persist(
		(set) => ({
			density: "comfortable",
			zone: "local",
			setDensity: (density) => set({ density }),
			setZone: (zone) => set({ zone }),
		}),
		{
			name: "tocsin-preferences",
			storage: createJSONStorage(() => localStorage),
		},
	),
);

/** Height of a list row in pixels. */
export function rowHeight(density: Density): number {
	return density === "compact" ? 28 : 32;
}
