/** A playbook to copy and change: a parameter, an approval, a step and a check that it worked. */
export const playbookExample = `id: restart_service
name: Restart a service
description: Restart a service of this machine and see that it is up again
parameters:
  type: object
  required: [service]
  properties:
    service:
      title: Service
      type: string
      pattern: "^[a-z][a-z0-9-]*$"
      maxLength: 60
    in_hours:
      title: Within working hours
      type: boolean
      default: false
risk:
  level: medium
  affected_systems: [scoring]
  downtime_seconds: 10
approval: params.in_hours
estimate:
  duration_seconds: 15
  cost_usd: 0
idempotent: true
offline_safe: true
changes:
  - "{{ params.service }} is stopped and started; what it does is cut off"
steps:
  - id: restart
    title: "Restart {{ params.service }}"
    command:
      program: systemctl
      args: [restart, { value: params.service }]
      timeout_seconds: 60
verification:
  - id: is_up
    title: It is up again
    command:
      program: systemctl
      args: [is-active, { value: params.service }]
      timeout_seconds: 10
`;
