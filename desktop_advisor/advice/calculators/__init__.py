"""What a programme may bring for one company: plain calculations, always "bis zu", law cited."""
