/** Projects: the tile that switches them, their dialogs, and their section of the settings. */
export { projectCommands } from "./project-commands.ts";
export { useProjectDialogs } from "./project-dialogs.ts";
export { ProjectDialogsView } from "./project-dialogs-view.tsx";
export { ProjectTile } from "./project-tile.tsx";
export { ProjectsSection } from "./projects-section.tsx";
