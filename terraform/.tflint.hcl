plugin "terraform" {
  enabled = true
  preset  = "all"
}

# A local that is used in its own block alone begins with _.
rule "terraform_naming_convention" {
  enabled = true
  locals {
    custom = "^_?[a-z][a-z0-9]*(_[a-z0-9]+)*$"
  }
}

# Files are named by what they hold.
rule "terraform_standard_module_structure" {
  enabled = false
}
