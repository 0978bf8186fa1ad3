"""How everything looks: one table of colours, one scale of type and space, one stylesheet."""
