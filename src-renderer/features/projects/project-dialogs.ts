import { create } from "zustand";

interface ProjectDialogs {
	readonly open: "switch" | "create" | null;
	show(open: "switch" | "create" | null): void;
}

/** Which of the dialogs about projects is open, from anywhere in the window. */
export const useProjectDialogs = create<ProjectDialogs>()((set) => ({
	open: null,
	show: (open) => set({ open }),
}));
