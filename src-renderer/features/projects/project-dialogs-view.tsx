import { useStore } from "zustand";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { Picker } from "../../components/picker.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import { useProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { roleWords } from "../../state/role-words.ts";
import { whyNot } from "../../state/why-not.ts";
import { CreateProject } from "./create-project.tsx";
import { useProjectDialogs } from "./project-dialogs.ts";
import classes from "./projects.module.css";
import { switchProject } from "./switch-project.ts";

/** The dialogs that switch and make projects, and the key that opens the first. */
export function ProjectDialogsView() {
	const { lists, facts } = useWorkspace();
	const projects = useStore(lists, (each) => each.projects) ?? [];
	const session = useStore(facts, (each) => each.session);
	const current = useProject();
	const { open, show } = useProjectDialogs();
	const mayCreate =
		session !== null && whyNot(callNeeds.projects.create, session) === null;
	const close = () => {
		if (useProjectDialogs.getState().open === "switch") show(null);
	};
	useShortcuts([
		{
			keys: "shift+p",
			label: "Switch project",
			group: "Everywhere",
			run: () => {
				show("switch");
				return true;
			},
		},
	]);
	return (
		<>
			{open === "switch" && (
				<Picker<string | null>
					title="Switch to project"
					onClose={close}
					onPick={(id) => {
						const project = projects.find((each) => each.id === id);
						if (project === undefined) show("create");
						else switchProject(project);
					}}
					choices={[
						...projects.map((project, index) => ({
							value: project.id,
							label: `${project.name} ${project.slug}`,
							content: (
								<span className={classes.choice}>
									<bdi className="truncate">{project.name}</bdi>
									<span className="faint">
										{project.id === current?.id
											? "shown now"
											: `you are ${roleWords[project.role].one}`}
										{!project.isActive && ", not active"}
									</span>
								</span>
							),
							...(index < 9 && { digit: String(index + 1) }),
						})),
						...(mayCreate
							? [
									{
										value: null,
										label: "Make a project",
										content: <span className="dim">Make a project…</span>,
									},
								]
							: []),
					]}
				/>
			)}
			<CreateProject isOpen={open === "create"} onClose={() => show(null)} />
		</>
	);
}
