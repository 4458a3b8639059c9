import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { PaneBoundary } from "../components/error-boundary.tsx";
import { Announcer } from "../ground/announcer.tsx";
import { dispatchKey, noteDialog } from "../ground/keyboard.ts";
import { usePreferences } from "../ground/preferences.ts";
import {
	useConnectionState,
	WorkspaceProvider,
} from "../state/engine-context.tsx";
import type { Workspace } from "../state/workspace.ts";
import classes from "./shell.module.css";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";
import { theme, variables } from "./theme.ts";

/** The whole window on one workspace. `env` is `test` where there are no transitions. */
export function App(props: {
	readonly workspace: Workspace;
	readonly env?: "default" | "test";
}) {
	return (
		<MantineProvider
			theme={theme}
			cssVariablesResolver={variables}
			defaultColorScheme="auto"
			env={props.env ?? "default"}
		>
			<WorkspaceProvider workspace={props.workspace}>
				<PaneBoundary name="Tocsin">
					<Window />
				</PaneBoundary>
				<Notifications
					className={classes.toasts}
					position="bottom-right"
					limit={4}
				/>
				<Announcer />
			</WorkspaceProvider>
		</MantineProvider>
	);
}

function Window() {
	const connection = useConnectionState();
	const density = usePreferences((each) => each.density);
	useEffect(() => {
		document.documentElement.dataset.density = density;
	}, [density]);
	useEffect(() => {
		window.addEventListener("keydown", noteDialog, { capture: true });
		window.addEventListener("keydown", dispatchKey);
		return () => {
			window.removeEventListener("keydown", noteDialog, { capture: true });
			window.removeEventListener("keydown", dispatchKey);
		};
	}, []);
	return connection.kind === "signed-out" ? <SignIn /> : <Shell />;
}
