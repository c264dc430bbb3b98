// Everything comes from this server: no font, no validator and no script of another site.
window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  // Hundreds of operations: an old PC opens one group at a time.
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  filter: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  // A change needs an Idempotency-Key; a fresh one saves typing it.
  requestInterceptor: (request) => {
    if (request.method === 'POST' && !request.headers['Idempotency-Key'])
      request.headers['Idempotency-Key'] = window.crypto.randomUUID()
    return request
  },
})
