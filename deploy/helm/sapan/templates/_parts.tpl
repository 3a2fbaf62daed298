{{- /* What a gateway and a center have in common. Each is given (dict "root" $ "name" "gateway" "part" .Values.gateway "main" "peer"). */ -}}

{{- define "sapan.labels" -}}
app.kubernetes.io/name: sapan
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "sapan.fullname" -}}
{{ printf "%s-%s" .root.Release.Name .name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "sapan.claimName" -}}
{{ .part.home.claim | default (include "sapan.fullname" .) }}
{{- end }}

{{- define "sapan.metadata" -}}
name: {{ include "sapan.fullname" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "sapan.labels" . | nindent 2 }}
  helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "sapan.container" -}}
image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag }}"
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
resources:
  {{- toYaml .part.resources | nindent 2 }}
volumeMounts:
  - { name: home, mountPath: /srv/sapan }
  - { name: temporary, mountPath: /tmp }
  - { name: database, mountPath: /run/secrets/sapan/database, readOnly: true }
{{- end }}

{{- /* The operator's door is on loopback, where kubelet cannot ask: health is asked inside. A restart mends no database, so
       that it lives is said by its listener alone. */ -}}
{{- define "sapan.probes" -}}
startupProbe:
  tcpSocket: { port: {{ .main }} }
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  tcpSocket: { port: {{ .main }} }
  periodSeconds: 10
  failureThreshold: 3
readinessProbe:
  exec:
    command:
      - /opt/sapan/node_modules/.bin/node
      - -e
      - >-
        fetch('http://127.0.0.1:{{ .admin }}/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 2
{{- end }}

{{- define "sapan.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: 45
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "sapan.labels" . | nindent 8 }}
volumes:
  - name: home
    persistentVolumeClaim: { claimName: {{ include "sapan.claimName" . }} }
  - name: temporary
    emptyDir: { sizeLimit: {{ .part.temporary }} }
  - name: database
    secret: { secretName: {{ .part.databaseSecret }}, defaultMode: 0440 }
{{- end }}

{{- define "sapan.around" -}}
{{- if not .part.home.claim }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  {{- include "sapan.metadata" . | nindent 2 }}
  # Keys and evidence are not thrown away with a release.
  annotations: { helm.sh/resource-policy: keep }
spec:
  accessModes: {{ toJson .part.home.accessModes }}
  {{- with .part.home.storageClass }}
  storageClassName: {{ . }}
  {{- end }}
  resources: { requests: { storage: {{ .part.home.size }} } }
{{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "sapan.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "sapan.labels" . | nindent 6 }}
{{- end }}

{{- define "sapan.service" -}}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "sapan.fullname" . }}-{{ .door }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "sapan.labels" . | nindent 4 }}
  {{- with .service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .service.type }}
  {{- if eq .service.type "LoadBalancer" }}
  externalTrafficPolicy: Local
  {{- end }}
  selector:
    {{- include "sapan.labels" . | nindent 4 }}
  ports:
    - { name: {{ .door }}, port: {{ index .part.ports .door }}, targetPort: {{ .door }}, protocol: TCP }
{{- end }}

{{- define "sapan.strategy" -}}
{{ if gt (int .part.replicas) 1 -}}
type: RollingUpdate
rollingUpdate: { maxUnavailable: 1, maxSurge: 0 }
{{- else -}}
type: Recreate
{{- end }}
{{- end }}
