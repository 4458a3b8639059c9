/** What `tocsin playbook connections` prints: a file to fill in. */
export const connectionsExample = `# Where the services and programs of playbooks are, and how to sign in to them.
# Readable by you alone (chmod 600): Tocsin refuses the file otherwise.
# Take the # away where you want a line to count.

# elasticsearch:                     # for clear_cache and refresh_synonyms
#   url: http://127.0.0.1:9200
#   allow_private: true              # the address is on this machine or in its network
#   scheme: ApiKey                   # Authorization: ApiKey ...; Bearer when left out
#   token_env: ELASTICSEARCH_API_KEY # or token: ..., or token_file: elasticsearch.key

# planner:                           # for rollback_planner and adjust_canary_split
#   url: http://127.0.0.1:8003       # the service that answers GET /guard/status
#   allow_private: true
#   basic:
#     username: tocsin
#     password_file: planner.password   # beside this file, or an absolute path

# dbt:                               # for rerun_dbt and refresh_dbt_dependencies
#   program: /opt/venv/bin/dbt       # when dbt is not on PATH
#   directory: /srv/analytics        # the folder with dbt_project.yml
#   environment: [SNOWFLAKE_PASSWORD]   # variables that are passed on to it
`;
