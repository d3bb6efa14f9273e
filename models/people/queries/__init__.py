"""Reading people. Who reads comes first, and decides who is there at all."""
