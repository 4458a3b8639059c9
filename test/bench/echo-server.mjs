/* A bare Fastify that answers a JSON body with itself: the yardstick of single-event ingest. */
import Fastify from "fastify";

const app = Fastify();
app.post("/v1/events/prediction", async (request) => request.body);
const address = await app.listen({ host: "127.0.0.1", port: 0 });
console.log(JSON.stringify({ api: address }));
