import { Button } from "@mantine/core";
import { EmptyState } from "../components/empty-state.tsx";
import { navigate } from "../ground/router.ts";

export function NotFound() {
	return (
		<EmptyState
			title="There is no such page"
			text="The link may be from another version of Tocsin. Your incidents are in the triage."
			action={
				<Button onClick={() => navigate(["triage"])}>Go to the triage</Button>
			}
		/>
	);
}
