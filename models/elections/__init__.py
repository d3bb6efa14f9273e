"""The elections room: what the law allows, as dated figures."""
