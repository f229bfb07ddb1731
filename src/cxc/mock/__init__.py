"""The mock platform: the whole platform served from the design, before anybody has written it.

The target `fastapi` makes the HTTP layer, as it does for the real platform; here is what stands behind its ports.

| module | what it does |
| --- | --- |
| `relations` | which fields and parameters mean the same thing, and which entity refers to which |
| `patterns`, `plausible` | realistic values that keep the constraints, the same at each start |
| `store` | keeps records, in memory or in SQLite |
| `data` | entities: made, changed, found, and followed from one to the other |
| `known` | what a request says about a field, directly or by way of the entities it names |
| `asked` | a request to an operation, in values of JSON |
| `behaviour` | what commands and queries do |
| `failures` | which failure answers whom |
| `simulation` | latency and availability as the design promises them |
| `package` | the generated package: written, imported, and put away |
| `ports` | ports for that package, made from the design at run time |
| `tokens` | who asks |
| `happenings` | events: kept, streamed, and reacted to |
| `calls` | one line for each request; what is between the network and the application |
| `pages` | the addresses below `/_mock` |
| `platform` | all of it put together |
| `reload` | goes on with the new design where files change |
| `server` | the port it is served at, until it is ended |

Only `ports`, `pages`, `platform`, `reload` and `server` need FastAPI.
"""
