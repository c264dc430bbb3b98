// Everything comes from this server: no font, no validator and no script of another site.
window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
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
