import { Tooltip, UnstyledButton } from "@mantine/core";
import { KeyCaps } from "../../components/key-caps.tsx";
import { useProject } from "../../state/current-project.ts";
import { useProjectDialogs } from "./project-dialogs.ts";
import classes from "./projects.module.css";

/** The project that is shown, by its first letters; a click or Shift P switches. */
export function ProjectTile() {
	const project = useProject();
	const show = useProjectDialogs((dialogs) => dialogs.show);
	if (project === null) return <div className={classes.tile} aria-hidden />;
	return (
		<Tooltip
			position="right"
			label={
				<span>
					<bdi>{project.name}</bdi>, switch <KeyCaps keys="shift+p" />
				</span>
			}
		>
			<UnstyledButton
				className={classes.tile}
				// What is seen must be part of the name, for who speaks to the screen.
				aria-label={`${initials(project.name)}, project ${project.name}, switch`}
				aria-haspopup="dialog"
				onClick={() => show("switch")}
			>
				{initials(project.name)}
			</UnstyledButton>
		</Tooltip>
	);
}

/** Up to two letters that tell projects apart. */
export function initials(name: string): string {
	const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
	const [first = "?", second] = words;
	const letters =
		second === undefined
			? [...first].slice(0, 2)
			: [[...first][0] ?? "", [...second][0] ?? ""];
	return letters.join("").toUpperCase();
}
